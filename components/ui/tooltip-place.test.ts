import { expect, test } from 'vitest';
import { placeTooltip } from './tooltip-place';

const window = { width: 1000, height: 600 };
const size = { width: 100, height: 24 };

test('stands centred at the wanted side, 6 px off', () => {
  const of = { left: 400, top: 300, width: 40, height: 32 };
  expect(placeTooltip(of, size, 'bottom', window)).toEqual({ left: 370, top: 338 });
  expect(placeTooltip(of, size, 'top', window)).toEqual({ left: 370, top: 270 });
  expect(placeTooltip(of, size, 'right', window)).toEqual({ left: 446, top: 304 });
  expect(placeTooltip(of, size, 'left', window)).toEqual({ left: 294, top: 304 });
});

test('goes to the opposite side where the wanted one has no room', () => {
  expect(placeTooltip({ left: 400, top: 570, width: 40, height: 24 }, size, 'bottom', window).top).toBe(540);
  expect(placeTooltip({ left: 950, top: 300, width: 40, height: 24 }, size, 'right', window).left).toBe(844);
});

test('stays inside the window, also where neither side has room', () => {
  expect(placeTooltip({ left: 980, top: 4, width: 16, height: 16 }, size, 'bottom', window)).toEqual({ left: 892, top: 26 });
  expect(placeTooltip({ left: 0, top: 0, width: 1000, height: 600 }, size, 'bottom', window).top).toBe(568);
});
