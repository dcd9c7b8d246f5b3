/**
 * The look of the HTML report: quiet, light and dark, and on paper. Inside VS Code the colours are those of the editor,
 * elsewhere those of the system.
 */
export const style = `
:root { color-scheme: light dark; --ground: #fcfcfb; --card: #ffffff; --ink: #1d2327; --soft: #5a656d; --line: #dfe3e6; --link: #0b5c8a;
  --error: #b3261e; --warning: #8a5a00; --info: #2b6777; --good: #2e6b3f; --calm: #eef1f2; }
@media (prefers-color-scheme: dark) { :root { --ground: #16191b; --card: #1d2123; --ink: #e6e9ea; --soft: #a0aab0; --line: #343b3f; --link: #7cc0ea;
  --error: #ff8a80; --warning: #f0c060; --info: #86c7d6; --good: #8fd0a0; --calm: #262c2f; } }
body.vscode-light, body.vscode-dark, body.vscode-high-contrast { --ground: var(--vscode-editor-background);
  --card: var(--vscode-editorWidget-background);
  --ink: var(--vscode-editor-foreground); --soft: var(--vscode-descriptionForeground); --line: var(--vscode-panel-border, #8884);
  --link: var(--vscode-textLink-foreground);
  --calm: var(--vscode-textBlockQuote-background); --error: var(--vscode-errorForeground); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; font-weight: 600; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; font-weight: 600; margin: 3rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; font-weight: 600; margin: 1.75rem 0 .5rem; }
h3 small, .soft { color: var(--soft); font-weight: 400; }
p { margin: .4rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
code, .place { font-family: ui-monospace, "SF Mono", Consolas, Menlo, monospace; font-size: .88em; overflow-wrap: anywhere; }
.statement { margin: 1.25rem 0; padding: .75rem 1rem; background: var(--calm); border-left: 4px solid var(--info); border-radius: 0 4px 4px 0; }
.broken { border-left-color: var(--error); }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 8rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; }
.tiles b { display: block; font-size: 1.6rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; padding: .7rem 1rem;
  margin: .6rem 0; break-inside: avoid; }
article.error { border-left-color: var(--error); } article.warning { border-left-color: var(--warning); }
article.info { border-left-color: var(--info); }
article p { margin: .15rem 0; }
.severity { font-weight: 600; } .severity.error { color: var(--error); } .severity.warning { color: var(--warning); }
.severity.info { color: var(--info); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0; } dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.cite { white-space: nowrap; }
td.hash { max-width: 14rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.state { white-space: nowrap; } .gaps-found { color: var(--error); } .evidence-found { color: var(--good); }
.could-not-be-decided { color: var(--warning); }
.no-check-applied, .not-assessable-by-this-tool { color: var(--soft); }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; margin-top: 2.5rem; }
.sign span { border-top: 1px solid var(--ink); padding-top: .3rem; color: var(--soft); }
@media print { :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000; --calm: #f4f4f4; --error: #8c1d18;
  --warning: #6b4600; --info: #204e5a; --good: #235330; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } nav { display: none; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; }
thead { display: table-header-group; } td.hash { white-space: normal; overflow-wrap: anywhere; } }
`;
