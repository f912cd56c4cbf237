type PlannedKind = 'sendOffer' | 'holdMeeting' | 'acceptHandoff' | 'voicemail';
type Language = 'ru' | 'en';

const titles: Record<PlannedKind, Record<Language, string>> = {
  sendOffer: { ru: 'Отправить КП', en: 'Send the offer' },
  holdMeeting: { ru: 'Провести встречу', en: 'Hold the meeting' },
  voicemail: { ru: 'Голосовое сообщение, перезвонить', en: 'Voicemail, call back' },
  acceptHandoff: { ru: 'Принять передачу', en: 'Accept the handoff' },
};

/** A task that a rule made, in the language of whoever does it. */
export const titleOf = (kind: PlannedKind, companyName: string, language: Language): string => `${titles[kind][language]}: ${companyName}`;
