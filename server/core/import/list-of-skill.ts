/** The list of those companies of a file that ask for a skill is known by its name beside the file's own, so that the next file finds it again. */
export const nameBeside = (listName: string, skill: string): string => `${listName} · ${skill}`;
