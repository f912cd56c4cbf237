import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params }) => {
  if (!/^[1-9]\d{0,9}$/.test(params.id)) error(404);
};
