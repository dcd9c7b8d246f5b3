import * as vscode from 'vscode';

/** Counts the findings of the file in front in the status bar; a click opens the report. */
export function findingCount(): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('hipaaLint.findings', vscode.StatusBarAlignment.Left, 0);
  item.name = 'HIPAA Lint';
  item.command = 'hipaaLint.openReport';
  const update = () => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const own = uri ? vscode.languages.getDiagnostics(uri).filter(({ source, severity }) => source === 'hipaa-lint' && severity !== vscode.DiagnosticSeverity.Hint) : [];
    if (own.length === 0) item.hide();
    else {
      item.text = `$(shield) ${own.length}`;
      item.tooltip = `HIPAA Lint: ${own.length} ${own.length === 1 ? 'finding' : 'findings'} in this file`;
      item.show();
    }
  };
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const shown = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === shown)) update();
    }),
  );
}
