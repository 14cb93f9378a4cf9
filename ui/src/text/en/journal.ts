// Words of the journal room.

export const journal = {} as const;
