/** Rules of this house that no plugin has. */

/** `as` is a claim that the compiler cannot check: the reason stands on the line, or right above the statement. */
const reason_for_as = {
  meta: { type: 'problem', schema: [], messages: { missing: 'Say in a comment on this line why `as` is right here.' } },
  create(context) {
    const source = context.sourceCode;
    const commented = new Set();
    for (const comment of source.getAllComments()) {
      for (let line = comment.loc.start.line; line <= comment.loc.end.line; line++) commented.add(line);
    }
    const check = (node) => {
      const { typeAnnotation } = node;
      if (
        typeAnnotation.type === 'TSTypeReference' &&
        typeAnnotation.typeName.type === 'Identifier' &&
        typeAnnotation.typeName.name === 'const'
      )
        return;
      let statement = node;
      while (statement.parent !== null && !/Statement$|Declaration$|PropertyDefinition|Property$|MethodDefinition/.test(statement.type))
        statement = statement.parent;
      for (let line = statement.loc.start.line - 1; line <= node.loc.end.line; line++) if (commented.has(line)) return;
      // the formatter may move a trailing comment to where the statement ends
      if (commented.has(statement.loc.end.line)) return;
      context.report({ node, messageId: 'missing' });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};

export const house_rules = { rules: { 'reason-for-as': reason_for_as } };
