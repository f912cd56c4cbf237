// Makes the spoken clips of the sandbox carrier with espeak-ng and sox (apt-get install espeak-ng sox).
// Run by hand when a phrase changes: node scripts/sandbox-audio.mjs. The clips are committed, so nobody else needs the tools.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const outputFolder = join(dirname(fileURLToPath(import.meta.url)), '../server/adapters/telephony/sandbox/audio');

/** One voice a persona; `pitch` and `wordsPerMinute` are espeak-ng's own scales. */
const voices = {
  andrei: { voice: 'ru+m3', pitch: 42, wordsPerMinute: 165, language: 'ru' },
  marina: { voice: 'ru+f2', pitch: 58, wordsPerMinute: 160, language: 'ru' },
  viktor: { voice: 'ru+m7', pitch: 25, wordsPerMinute: 140, language: 'ru' },
  secretary: { voice: 'ru+f4', pitch: 65, wordsPerMinute: 170, language: 'ru' },
  machine: { voice: 'ru+f3', pitch: 50, wordsPerMinute: 150, language: 'ru' },
  network: { voice: 'ru+f1', pitch: 50, wordsPerMinute: 150, language: 'ru' },
  angry: { voice: 'ru+m1', pitch: 55, wordsPerMinute: 195, language: 'ru' },
  james: { voice: 'en-gb+m3', pitch: 40, wordsPerMinute: 160, language: 'en' },
  rep: { voice: 'ru+m5', pitch: 50, wordsPerMinute: 165, language: 'ru' },
};

/** persona, role in the conversation, words. */
const phrases = [
  ['andrei', 'greeting', 'Алло, слушаю.'],
  ['andrei', 'question', 'Да, это я. А вы откуда?'],
  ['andrei', 'objection', 'Мне сейчас некогда, перезвоните недели через две.'],
  ['andrei', 'objection', 'А сколько это будет стоить?'],
  ['andrei', 'agreement', 'Хорошо, пришлите предложение на почту.'],
  ['andrei', 'callback', 'Здравствуйте, вы мне звонили, я не успел ответить.'],
  ['andrei', 'goodbye', 'Всего доброго.'],
  ['marina', 'greeting', 'Да, добрый день.'],
  ['marina', 'question', 'Слушаю вас, по какому вопросу?'],
  ['marina', 'objection', 'Вы знаете, бюджета на это в этом году нет.'],
  ['marina', 'objection', 'Ну, в принципе, похоже, нам подходит.'],
  ['marina', 'agreement', 'Давайте встретимся в четверг, в одиннадцать.'],
  ['marina', 'callback', 'Добрый день, у меня от вас пропущенный звонок.'],
  ['marina', 'goodbye', 'Договорились, до свидания.'],
  ['viktor', 'greeting', 'Слушаю.'],
  ['viktor', 'question', 'Представьтесь, пожалуйста.'],
  ['viktor', 'objection', 'Я здесь человек новый, пока не разобрался.'],
  ['viktor', 'objection', 'У нас уже есть поставщик, нас всё устраивает.'],
  ['viktor', 'agreement', 'А когда вы можете начать? Позвоните завтра после обеда.'],
  ['viktor', 'callback', 'День добрый. Вы звонили, перезваниваю.'],
  ['viktor', 'goodbye', 'До свидания.'],
  ['secretary', 'greeting', 'Слушаю вас, приёмная.'],
  ['secretary', 'question', 'А вы по какому вопросу? Как вас представить?'],
  ['secretary', 'objection', 'Его сейчас нет на месте.'],
  ['secretary', 'objection', 'Отправьте письмо на общую почту, мы рассмотрим.'],
  ['secretary', 'agreement', 'Минуту, соединяю.'],
  ['secretary', 'goodbye', 'Я вас ни с кем не соединю. До свидания.'],
  ['machine', 'greeting', 'Здравствуйте. Сейчас мы не можем ответить. Оставьте сообщение после сигнала.'],
  ['machine', 'menu', 'Вы позвонили в нашу компанию. Отдел закупок, нажмите один. Секретарь, нажмите ноль.'],
  ['machine', 'wrongDigit', 'Такого номера нет.'],
  ['machine', 'apology', 'Извините, мы вам перезвоним.'],
  // The same words as `announcementWords` of server/core/calls/announcement.ts.
  ['machine', 'announcement', 'Здравствуйте. Обращаем ваше внимание: этот разговор записывается.'],
  ['network', 'invalidNumber', 'Неправильно набран номер.'],
  ['network', 'unreachable', 'Аппарат абонента выключен или находится вне зоны действия сети.'],
  ['angry', 'greeting', 'Да! Кто это?'],
  ['angry', 'objection', 'Откуда у вас этот номер?'],
  ['angry', 'goodbye', 'Не звоните сюда больше!'],
  ['james', 'greeting', 'Hello?'],
  ['james', 'question', 'Yes, speaking. Who is calling, please?'],
  ['james', 'objection', 'We have no budget for this at the moment.'],
  ['james', 'objection', 'I am rather busy now.'],
  ['james', 'agreement', 'All right, send me an offer by email.'],
  ['james', 'callback', 'Hello, I have a missed call from you.'],
  ['james', 'goodbye', 'Thank you, goodbye.'],
  ['rep', 'greeting', 'Добрый день! Меня зовут Павел, компания «Загон».'],
  ['rep', 'question', 'Подскажите, кто у вас отвечает за закупки?'],
  ['rep', 'question', 'Соедините, пожалуйста, с коммерческим директором.'],
  ['rep', 'question', 'Как вы сейчас решаете эту задачу?'],
  ['rep', 'question', 'Что для вас было бы важнее всего?'],
  ['rep', 'question', 'Кто ещё участвует в решении?'],
  ['rep', 'answer', 'Понимаю. Займу ровно одну минуту.'],
  ['rep', 'answer', 'Мы работаем с такими же предприятиями в вашей области.'],
  ['rep', 'answer', 'Тогда я пришлю короткое предложение, на одну страницу.'],
  ['rep', 'answer', 'Давайте договоримся о времени. Завтра в одиннадцать удобно?'],
  ['rep', 'agreement', 'Отлично, записал. Позвоню, как договорились.'],
  ['rep', 'goodbye', 'Спасибо за разговор, до свидания!'],
];

const workFolder = mkdtempSync(join(tmpdir(), 'sandbox-audio-'));
rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });

const clips = [];
let totalBytes = 0;
for (const [persona, role, text] of phrases) {
  const voice = voices[persona];
  const count = clips.filter((clip) => clip.persona === persona && clip.role === role).length;
  const id = `${persona}-${role}-${count + 1}`;
  const spoken = join(workFolder, `${id}.wav`);
  const file = `${id}.wav`;
  const speech = ['-v', voice.voice, '-p', String(voice.pitch), '-s', String(voice.wordsPerMinute)];
  execFileSync('espeak-ng', [...speech, '-w', spoken, text]);
  // A telephone's band, level and codec; silence at both ends is cut because the scripts place their own pauses.
  const format = ['-r', '8000', '-c', '1', '-e', 'mu-law'];
  const trim = ['silence', '1', '0.01', '0.5%', 'reverse', 'silence', '1', '0.01', '0.5%', 'reverse'];
  const band = ['gain', '-6', 'highpass', '200', 'lowpass', '3300', 'norm', '-4'];
  execFileSync('sox', ['-R', spoken, ...format, join(outputFolder, file), ...band, ...trim]);
  const bytes = statSync(join(outputFolder, file)).size;
  totalBytes += bytes;
  clips.push({ id, persona, role, language: voice.language, text, file });
}
writeFileSync(join(outputFolder, 'manifest.json'), `${JSON.stringify({ clips }, null, 2)}\n`);
rmSync(workFolder, { recursive: true, force: true });
process.stdout.write(`${clips.length} clips, ${Math.round(totalBytes / 1024)} KiB in ${outputFolder}\n`);
