const DEMO_PASSWORD = 'demo-demo-demo';
const DEMO_SIGN_INS = [
  ['rep1@demo.local … rep6@demo.local', 'сотрудник загона — звонит'],
  ['lead@demo.local', 'руководитель группы — слушает и учит'],
  ['head@demo.local', 'руководитель сбыта — раздаёт списки, смотрит итоги'],
  ['seller@demo.local', 'менеджер продаж — принимает клиентов'],
  ['admin@demo.local', 'администратор — пользователи и настройки'],
];

/**
 * What the newcomer reads last.
 * @param {{port: number, publicUrl: string | undefined, demo: boolean, logFile: string}} options
 */
export function welcome({ port, publicUrl, demo, logFile }) {
  const width = Math.max(...DEMO_SIGN_INS.map(([email = '']) => email.length));
  const signIns = DEMO_SIGN_INS.map(([email = '', who = '']) => `  ${email.padEnd(width)}  ${who}`);
  return [
    `Zagon: ${publicUrl?.trim() || `http://localhost:${port}`}`,
    ...(demo ? ['', `Demo sign-ins, password ${DEMO_PASSWORD}:`, ...signIns] : []),
    '',
    `Log: ${logFile}. Ctrl-C stops everything.`,
  ].join('\n');
}
