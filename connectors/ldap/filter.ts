import { Ber, type BerWriter, Filter as LdaptsFilter, SearchFilter } from 'ldapts';

/** A search filter (RFC 4511 section 4.5.1.7). Assertion values are bytes, so that no text form stands between what was typed and what is asked. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'equal' | 'at_least' | 'at_most' | 'approximately'; readonly attribute: string; readonly value: Buffer }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly initial: Buffer | undefined;
      readonly any: readonly Buffer[];
      readonly final: Buffer | undefined;
    }
  | {
      readonly kind: 'extensible';
      readonly rule: string | undefined;
      readonly attribute: string | undefined;
      readonly dn_attributes: boolean;
      readonly value: Buffer;
    };

export const equal = (attribute: string, value: string | Buffer): Filter => ({ kind: 'equal', attribute, value: Buffer.from(value) });
export const all_of = (...of: readonly Filter[]): Filter => ({ kind: 'and', of });
export const any_of = (...of: readonly Filter[]): Filter => ({ kind: 'or', of });
export const present = (attribute: string): Filter => ({ kind: 'present', attribute });

/** Active Directory's LDAP_MATCHING_RULE_IN_CHAIN: follows membership through groups in groups. */
export const in_chain = (attribute: string, value: string): Filter => ({
  kind: 'extensible',
  rule: '1.2.840.113556.1.4.1941',
  attribute,
  dn_attributes: false,
  value: Buffer.from(value),
});

/** As ldapts takes it: ldapts' own filters read text (its parser turns escaped UTF-8 into other characters), this one writes the bytes. */
export class EncodedFilter extends LdaptsFilter {
  readonly type = SearchFilter.and;
  readonly filter: Filter;
  constructor(filter: Filter) {
    super();
    this.filter = filter;
  }
  override write(writer: BerWriter): void {
    encode(this.filter, writer);
  }
  override toString(): string {
    return this.filter.kind;
  }
}

function encode(filter: Filter, writer: BerWriter): void {
  if (filter.kind === 'present') return writer.writeString(filter.attribute, SearchFilter.present);
  writer.startSequence(TAGS[filter.kind]);
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const one of filter.of) encode(one, writer);
      break;
    case 'not':
      encode(filter.of, writer);
      break;
    case 'substrings':
      writer.writeString(filter.attribute);
      writer.startSequence();
      if (filter.initial !== undefined) writer.writeBuffer(filter.initial, 0x80);
      for (const one of filter.any) writer.writeBuffer(one, 0x81);
      if (filter.final !== undefined) writer.writeBuffer(filter.final, 0x82);
      writer.endSequence();
      break;
    case 'extensible':
      if (filter.rule !== undefined) writer.writeString(filter.rule, 0x81);
      if (filter.attribute !== undefined) writer.writeString(filter.attribute, 0x82);
      writer.writeBuffer(filter.value, 0x83);
      if (filter.dn_attributes) writer.writeBoolean(true, 0x84);
      break;
    default:
      writer.writeString(filter.attribute);
      writer.writeBuffer(filter.value, Ber.OctetString);
  }
  writer.endSequence();
}

const TAGS = {
  and: SearchFilter.and,
  or: SearchFilter.or,
  not: SearchFilter.not,
  equal: SearchFilter.equalityMatch,
  substrings: SearchFilter.substrings,
  at_least: SearchFilter.greaterOrEqual,
  at_most: SearchFilter.lessOrEqual,
  approximately: SearchFilter.approxMatch,
  extensible: SearchFilter.extensibleMatch,
} as const;
