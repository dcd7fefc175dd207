export const connection = { user: 'app', password: 'lindenallee2' };
