/** The text is not XML as we read it, or passes a cap. `message` quotes no value of the document. */
export class XmlFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlFault';
  }
}
