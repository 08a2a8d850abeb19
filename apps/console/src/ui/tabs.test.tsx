// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Tabs } from './tabs.tsx';

function Example() {
  const [at, setAt] = useState<'a' | 'b' | 'c'>('a');
  return (
    <Tabs<'a' | 'b' | 'c'>
      label="Letters"
      tabs={[
        ['a', 'First'],
        ['b', 'Second'],
        ['c', 'Third'],
      ]}
      selected={at}
      onSelect={setAt}
    >
      Panel {at}
    </Tabs>
  );
}

it('tabs are one stop of the Tab key, and arrows, Home and End lead through them and around', async () => {
  render(<Example />);
  const user = userEvent.setup();
  const selected = () => [screen.getByRole('tab', { selected: true }).textContent, document.activeElement?.textContent];
  await user.tab();
  expect(selected()).toEqual(['First', 'First']);
  await user.keyboard('{ArrowRight}');
  expect(selected()).toEqual(['Second', 'Second']);
  await user.keyboard('{End}');
  expect(selected()).toEqual(['Third', 'Third']);
  await user.keyboard('{ArrowRight}');
  expect(selected()).toEqual(['First', 'First']);
  await user.keyboard('{ArrowLeft}{Home}{ArrowRight}');
  expect(screen.getByRole('tabpanel', { name: 'Second' }).textContent).toBe('Panel b');
  await user.click(screen.getByRole('tab', { name: 'Third' }));
  expect(screen.getByRole('tabpanel').textContent).toBe('Panel c');
});
