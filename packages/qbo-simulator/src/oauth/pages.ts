/** The page on which a person picks the company that the app may see. */
export function consentPage(app: string, companies: readonly { realmId: string; companyName: string }[], query: string): string {
  const choices = companies.map(
    ({ realmId, companyName }) =>
      `<button name="company" value="${escapeHtml(realmId)}">${escapeHtml(companyName)} <small>${escapeHtml(realmId)}</small></button>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Connect to QuickBooks (simulator)</title>
<style>body{font:16px system-ui;max-width:32rem;margin:4rem auto}button{display:block;width:100%;margin:.5rem 0;padding:.75rem;text-align:left}</style>
<h1>Which company?</h1>
<p><strong>${escapeHtml(app)}</strong> asks to read and write its books. This is a simulator: no real books are touched.</p>
<form method="post" action="/connect/oauth2"><input type="hidden" name="query" value="${escapeHtml(query)}">
${choices.join('\n')}
<button name="company" value="">Don't connect</button></form></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
