/** An objectGUID in its canonical spelling. Its first three fields are little-endian ([MS-DTYP] 2.3.4). */
export function guid_text(guid: Buffer): string {
  const field = (from: number, to: number): string => guid.subarray(from, to).toString('hex');
  const reversed = (from: number, to: number): string => Buffer.from(guid.subarray(from, to)).reverse().toString('hex');
  return [reversed(0, 4), reversed(4, 6), reversed(6, 8), field(8, 10), field(10, 16)].join('-');
}

/** A security identifier as `S-1-5-21-…` ([MS-DTYP] 2.4.2); undefined when these bytes are none. */
export function sid_text(sid: Buffer): string | undefined {
  const [revision, count] = sid;
  if (revision !== 1 || count === undefined || sid.length !== 8 + 4 * count) return undefined;
  const parts = Array.from({ length: count }, (_, index) => sid.readUInt32LE(8 + 4 * index));
  return ['S', 1, sid.readUIntBE(2, 6), ...parts].join('-');
}

/** The SID of a group of the same domain: the domain's part of a person's SID with another last number. */
export function sid_beside(sid: Buffer, relative_id: number): Buffer | undefined {
  if (sid_text(sid) === undefined || sid.length < 12) return undefined;
  const other = Buffer.from(sid);
  other.writeUInt32LE(relative_id, sid.length - 4);
  return other;
}
