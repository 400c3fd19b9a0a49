/** Apps that register themselves (RFC 7591, 7592), with tokens that operators make. */
export { BadToken, make_registration, type Origin, type Registered, type Registration } from './registration.ts';
export {
  make_registration_token_collection,
  registration_token_schemas,
  type RegistrationTokenCollection,
  type RegistrationTokenView,
} from './registration_token.ts';
