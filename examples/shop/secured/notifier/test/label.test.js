import assert from 'node:assert/strict';
import { test } from 'node:test';
import { label } from '../src/label.js';

test('a label shows its code', () => {
  assert.match(label('A-1001'), />A-1001</);
});

test('a label holds text only', () => {
  assert.doesNotMatch(label('<script>'), /<script>/);
});
