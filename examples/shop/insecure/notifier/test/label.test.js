import assert from 'node:assert/strict';
import { test } from 'node:test';
import { label } from '../src/label.js';

test('there is a label', () => {
  assert.equal(typeof label, 'function');
});
