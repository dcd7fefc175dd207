export { PieceReader } from './piece-reader.ts';
export { searchHistory, type HistorySearch, type HistorySecret } from './search-history.ts';
