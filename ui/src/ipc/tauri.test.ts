import { clearMocks, mockConvertFileSrc, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, it } from 'vitest';
import { tauriHost } from './tauri';

afterEach(clearMocks);

describe('the real host', () => {
  it('hands a request on under the one name that the shell expects', async () => {
    const calls: unknown[] = [];
    mockIPC((name, args) => void calls.push([name, args]));
    await tauriHost().call('journal_get_entry', 'ID');
    await tauriHost().call('notebook_lock');
    expect(calls).toEqual([['journal_get_entry', { request: 'ID' }], ['notebook_lock', {}]]);
  });

  it('rejects with what the shell said', async () => {
    mockIPC(() => {
      throw { code: 'locked', message: 'The notebook is locked.' };
    });
    await expect(tauriHost().call('journal_list_tags')).rejects.toEqual({ code: 'locked', message: 'The notebook is locked.' });
  });

  it('turns what nobody foresaw into an error without its content', async () => {
    mockIPC(() => {
      throw 'secret words of a person';
    });
    await expect(tauriHost().call('journal_list_tags')).rejects.toMatchObject({ code: 'internal' });
    await expect(tauriHost().call('journal_list_tags')).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  it('forms the address of a file as the system needs it', () => {
    mockConvertFileSrc('linux');
    expect(tauriHost().thumbnailUrl('a/b')).toBe('vv://localhost/thumbnail/a%2Fb');
    mockConvertFileSrc('windows');
    expect(tauriHost().attachmentUrl('ID')).toBe('http://vv.localhost/attachment/ID');
  });
});
