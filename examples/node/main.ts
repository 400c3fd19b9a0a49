/** Starts the sample app from the environment: ISSUER, CLIENT_ID, CLIENT_SECRET; optional PORT, HOST, BASE_URL, RESOURCE. */
import { start_app } from './app.ts';

const { ISSUER = 'http://localhost:4400', CLIENT_ID, CLIENT_SECRET, PORT = '4410', HOST = '127.0.0.1', BASE_URL, RESOURCE } = process.env;
if (CLIENT_ID === undefined || CLIENT_SECRET === undefined) {
  console.error('Set CLIENT_ID and CLIENT_SECRET to what the registration of this app answered: docs/how-to/register-an-app.md');
  process.exit(1);
}

const app = await start_app({
  issuer: ISSUER,
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  port: Number(PORT),
  host: HOST,
  ...(BASE_URL !== undefined && { base_url: BASE_URL }),
  ...(RESOURCE !== undefined && { resource: RESOURCE }),
});
console.log(`The sample app is at ${app.url}`);
