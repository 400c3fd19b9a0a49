import { Attribute, Ber, BerReader, BerWriter } from 'ldapts';
import type { Values } from './tree.ts';

/** What is written of an answer: everything is a message with one operation in it. */
export interface Answer {
  readonly operation: number;
  readonly code?: number;
  readonly text?: string;
  readonly referrals?: readonly string[];
  readonly oid?: string;
  readonly value?: string;
  readonly controls?: readonly { readonly oid: string; readonly value: Buffer }[];
}

export const RESULT_OF = { bind: 0x61, search: 0x65, extended: 0x78 } as const;

function message(id: number, operation: number, write: (writer: BerWriter) => void, controls: Answer['controls'] = []): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(operation);
  write(writer);
  writer.endSequence();
  if (controls.length > 0) {
    writer.startSequence(0xa0);
    for (const { oid, value } of controls) {
      writer.startSequence();
      writer.writeString(oid);
      writer.writeBuffer(value, Ber.OctetString);
      writer.endSequence();
    }
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

export const write_result = (id: number, { operation, code = 0, text = '', referrals, oid, value, controls }: Answer): Buffer =>
  message(
    id,
    operation,
    (writer) => {
      writer.writeEnumeration(code);
      writer.writeString('');
      writer.writeString(text);
      if (referrals !== undefined) {
        writer.startSequence(0xa3);
        writer.writeStringArray([...referrals]);
        writer.endSequence();
      }
      if (oid !== undefined) writer.writeString(oid, 0x8a);
      if (value !== undefined) writer.writeString(value, 0x8b);
    },
    controls,
  );

export const write_entry = (id: number, dn: string, attributes: readonly (readonly [string, Values])[]): Buffer =>
  message(id, 0x64, (writer) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [type, values] of attributes) new Attribute({ type, values: values.map((value) => Buffer.from(value)) }).write(writer);
    writer.endSequence();
  });

export const write_reference = (id: number, uri: string): Buffer => message(id, 0x73, (writer) => writer.writeString(uri));

/** The value of a password policy answer (draft-behera-ldap-password-policy section 6.2). */
export function policy_value(said: { error?: number; grace?: number }): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  if (said.grace !== undefined) {
    writer.startSequence(0xa0);
    writer.writeInt(said.grace, 0x81);
    writer.endSequence();
  }
  if (said.error !== undefined) writer.writeEnumeration(said.error, 0x81);
  writer.endSequence();
  return writer.buffer;
}

export function page_value(cookie: string): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(0);
  writer.writeString(cookie);
  writer.endSequence();
  return writer.buffer;
}

const MOST_BYTES = 1024 * 1024;

/** Cuts what arrives into whole requests. @throws Error for what is none */
export function make_request_reader(): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    for (;;) {
      const reader = new BerReader(rest);
      if (reader.readSequence(0x30) === null) return frames;
      const end = reader.offset + reader.length;
      if (end < 0 || end > MOST_BYTES) throw new Error('too large');
      if (rest.length < end) return frames;
      frames.push(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
