import type { Language } from './explain.ts';
import type { OrderRule } from './order.ts';

const words: Record<OrderRule, { ru: string; en: string }> = {
  aged: { ru: 'первая просрочена дольше порога и идёт раньше всех', en: 'the first is overdue beyond the limit and goes before all' },
  tier: { ru: 'стоит ступенью ниже', en: 'it stands a tier lower' },
  deadline: { ru: 'её срок позже', en: 'its deadline is later' },
  laterDay: { ru: 'просрочена более давним днём', en: 'it is overdue since an earlier day' },
  laterStage: { ru: 'этап сделки раньше', en: 'its deal is at an earlier stage' },
  category: { ru: 'категория ниже', en: 'its category is lower' },
  longestWithoutContact: { ru: 'разговаривали позже', en: 'it was talked to more recently' },
  listPriority: { ru: 'список с меньшим приоритетом', en: 'its list has a lower priority' },
  fewerTries: { ru: 'попыток уже больше', en: 'it has had more tries' },
  position: { ru: 'ниже в списке', en: 'it stands lower in the list' },
  id: { ru: 'во всём равны, заведена позже', en: 'equal in everything, added later' },
};

/** Why the runner-up lost, in words. */
export const explainLoss = (rule: OrderRule, language: Language): string => words[rule][language];
