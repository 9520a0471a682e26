// The token of whoever may change something, for as long as this tab is open. It is nowhere else: not
// in a cookie, not in an address, not in what the browser keeps.

const NAME = 'tidemark-token';
let unstored = null;  // where storage is switched off, it lasts as long as this page

export const token = {
  held() {
    try {
      return sessionStorage.getItem(NAME) ?? unstored;
    } catch {
      return unstored;
    }
  },
  hold(text) {
    unstored = text;
    try {
      sessionStorage.setItem(NAME, text);
    } catch { /* as above */ }
  },
  forget() {
    unstored = null;
    try {
      sessionStorage.removeItem(NAME);
    } catch { /* as above */ }
  },
};
