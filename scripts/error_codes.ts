import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Families of `src/kernel/errors.ts` whose first argument is the public code, with the status each has unless it says otherwise. */
const families: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  Unauthenticated: 401,
  Forbidden: 403,
  Conflict: 409,
  LoginRefused: 403,
  UpstreamFault: 502,
  Misconfigured: 500,
};

export interface ThrownCode {
  readonly code: string;
  readonly family: string;
  readonly status: number;
  /** Undefined where it is put together at run time. */
  readonly message: string | undefined;
  /** `src/room/file.ts:12` */
  readonly place: string;
}

/** Every public error code that the sources under `root` write down where an error is made. */
export function thrown_codes(root: string): ThrownCode[] {
  const found: ThrownCode[] = [];
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(entry)) continue;
    const file = join(root, entry);
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      entry.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
        const family = node.expression.text;
        const usual = Object.hasOwn(families, family) ? families[family] : undefined;
        const [first, second, third] = node.arguments ?? [];
        if (usual !== undefined && first !== undefined) {
          const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          const message = second !== undefined && ts.isStringLiteralLike(second) ? second.text : undefined;
          const place = `${relative(join(root, '..'), file)}:${line}`;
          for (const code of literals(first)) found.push({ code, family, status: status_of(third) ?? usual, message, place });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** The texts that an expression can be, as far as it says so itself. */
function literals(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return literals(expression.expression);
  if (ts.isConditionalExpression(expression)) return [...literals(expression.whenTrue), ...literals(expression.whenFalse)];
  return [];
}

function status_of(options: ts.Expression | undefined): number | undefined {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === 'status' && ts.isNumericLiteral(property.initializer)) {
      return Number(property.initializer.text);
    }
  }
  return undefined;
}
