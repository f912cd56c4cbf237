import type { ScriptReads } from '../../../app/ports/reads/scripts.ts';
import { callScriptSchema } from '../../../contract/http/scripts.ts';
import type { Transaction } from '../client.ts';

export function scriptReads(transaction: Transaction): ScriptReads {
  return {
    forCompany: async (companyId) => {
      const lead = await transaction.lead.findUnique({
        where: { companyId },
        select: { list: { select: { script: true } } },
      });
      const script = lead?.list?.script ?? (await onlyScript(transaction));
      return script === null ? null : callScriptSchema.parse(script);
    },
  };
}

/** Where the department has one script, a company outside every list is called by it too. */
async function onlyScript(transaction: Transaction) {
  const scripts = await transaction.script.findMany({ take: 2, orderBy: { id: 'asc' } });
  return scripts.length === 1 ? (scripts[0] ?? null) : null;
}
