import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength';

describe('the strength of a passphrase', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['password', 'weak'],
    ['passwort123', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['river lamp', 'weak'],
    ['river river river river', 'weak'],
    ['river lamp garden', 'fair'],
    ['four quiet words here', 'strong'],
    ['k7#Qz!m2Xw9r', 'strong'],
  ])('of “%s” is %s', (passphrase, strength) => {
    expect(strengthOf(passphrase)).toBe(strength);
  });

  it('does not count the name of its owner', () => {
    expect(strengthOf('mara lindqvist 1', ['Mara Lindqvist'])).toBe('weak');
  });
});
