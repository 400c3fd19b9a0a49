import type { ReactNode } from 'react';
import type { SetupConnectionView } from './connection_view.ts';
import { AreaField, FileField, SelectField, TextField, TickField } from './parts.tsx';
import type { SetupShell } from './view.ts';

interface Props {
  readonly view: SetupConnectionView;
  readonly shell: SetupShell;
}

/** One of three ways to say who the partner is; only the chosen one counts. */
export function SamlFields({ view: { values, labels }, shell }: Props): ReactNode {
  const way = values['way'] ?? 'url';
  return (
    <>
      <fieldset>
        <legend>How do you want to give it?</legend>
        <div className="ways">
          <Way
            name="url"
            way={way}
            title="The address of your metadata"
            hint="The best way: new certificates are then followed by themselves."
          >
            <TextField
              {...{ name: 'metadata_url', label: labels['metadata_url'] ?? 'Metadata URL', value: values['metadata_url'], shell }}
              placeholder="https://"
              hint="We fetch it from the internet: it must be reachable from outside."
            />
          </Way>
          <Way name="xml" way={way} title="The metadata itself" hint="A file, or its text.">
            <FileField
              {...{
                name: 'metadata_file',
                label: 'Metadata file',
                shell,
                accept: '.xml,text/xml,application/xml,application/samlmetadata+xml',
              }}
              hint="XML, at most 500 kB. A certificate in it ends some day: you will be asked for the next one."
            />
            <AreaField
              {...{ name: 'metadata_xml', label: 'or its text', value: values['metadata_xml'], shell, placeholder: '<EntityDescriptor …' }}
            />
          </Way>
          <Way name="fields" way={way} title="Field by field" hint="If there is no metadata.">
            <TextField
              {...{
                name: 'entity_id',
                label: labels['entity_id'] ?? 'Entity ID (issuer) of the identity provider',
                value: values['entity_id'],
                shell,
              }}
            />
            <TextField
              {...{
                name: 'sso_url',
                label: labels['sso_url'] ?? 'Sign-in address (SSO URL)',
                value: values['sso_url'],
                shell,
                placeholder: 'https://',
              }}
            />
            <SelectField
              {...{ name: 'sso_binding', label: 'How requests go there', value: values['sso_binding'] ?? 'redirect', shell }}
              options={[
                ['redirect', 'HTTP-Redirect (usual)'],
                ['post', 'HTTP-POST'],
              ]}
            />
            <AreaField
              {...{
                name: 'certificates',
                label: labels['certificates'] ?? 'Signing certificate (PEM)',
                value: values['certificates'],
                shell,
              }}
              placeholder="-----BEGIN CERTIFICATE-----"
              hint="Several one after the other if there is a next one already."
            />
          </Way>
        </div>
      </fieldset>
      <details>
        <summary>More settings</summary>
        <div>
          <TickField name="sign_requests" label="We sign our requests" on={values['sign_requests'] !== 'off'} />
          <TickField
            name="want_encrypted"
            label="Assertions must be encrypted (what is encrypted is understood in any case)"
            on={values['want_encrypted'] === 'on'}
          />
        </div>
      </details>
    </>
  );
}

function Way({
  name,
  way,
  title,
  hint,
  children,
}: {
  name: string;
  way: string;
  title: string;
  hint: string;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="way">
      <label htmlFor={`way-${name}`}>
        <input type="radio" id={`way-${name}`} name="way" value={name} defaultChecked={way === name} />
        <span>
          {title}
          <small>{hint}</small>
        </span>
      </label>
      <div className="inside">{children}</div>
    </div>
  );
}
