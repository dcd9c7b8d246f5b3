-- Attaches Neovim's built-in client to `hipaa-lint lsp --stdio`, waits for the diagnostic of the open file, takes its
-- quick fix, and waits for the diagnostic to clear. Started by run.mjs; works with Neovim 0.7 and later.
local command = vim.fn.json_decode(vim.env.HIPAA_LINT_COMMAND)
local line = vim.env.HIPAA_LINT_LINE

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

-- start_client is all that 0.7 has, and later versions take it away.
local start = vim.lsp.start or vim.lsp.start_client
local id = start({ name = 'hipaa-lint', cmd = command, root_dir = vim.fn.getcwd() })
if not id then fail('the server did not start') end
if not vim.lsp.buf_is_attached or not vim.lsp.buf_is_attached(0, id) then vim.lsp.buf_attach_client(0, id) end

local function finding()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if vim.api.nvim_buf_get_lines(0, diagnostic.lnum, diagnostic.lnum + 1, false)[1] == line then return diagnostic end
  end
end

if not vim.wait(10000, function() return finding() ~= nil end, 20) then fail('no diagnostic on "' .. line .. '"') end
local found = finding()
print(('diagnostic: %s: %s'):format(found.source or '', found.message))
if found.source ~= 'hipaa-lint' then fail('the source is ' .. tostring(found.source)) end

-- The diagnostic goes back as the server sent it: with its code and data, which Neovim keeps under user_data.
local sent = found.user_data and found.user_data.lsp or {}
local range = { start = { line = found.lnum, character = found.col }, ['end'] = { line = found.end_lnum, character = found.end_col } }
local diagnostic = vim.tbl_extend('force', { code = found.code }, sent, { range = range, message = found.message, source = found.source, severity = found.severity })
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = range,
  context = { diagnostics = { diagnostic }, only = { 'quickfix' } },
}, 5000)
local actions = answers and answers[id] and answers[id].result or {}
local action
for _, one in ipairs(actions) do
  if one.kind == 'quickfix' and not one.disabled and not action then action = one end
end
if not action then fail('no quick fix') end
if not action.edit then
  local resolved = vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, 5000)
  action = resolved and resolved[id] and resolved[id].result or action
end
if not action.edit then fail('"' .. action.title .. '" has no edit') end
print('quick fix: ' .. action.title)

vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding or 'utf-16')
if vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1] == line then fail('the fix left the line as it was') end
local cleared = function()
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.message == found.message then return false end
  end
  return true
end
if not vim.wait(5000, cleared, 20) then fail('the diagnostic did not clear') end

vim.lsp.stop_client(id)
-- The server must end when asked to, as the protocol has it.
if not vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 20) then fail('the server did not stop') end
print('cleared')
vim.cmd('qall!')
