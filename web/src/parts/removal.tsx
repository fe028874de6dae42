import { Button, type ButtonProps } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogActions } from './dialog.tsx';
import { Failure } from './failure.tsx';

type RemovalProps = {
  /** On the button that asks, which looks as it is told. */
  readonly label: string;
  readonly button: Pick<ButtonProps, 'variant' | 'color' | 'size'>;
  readonly title: string;
  readonly text: string;
  /** On the button that does it, and on the one that leaves everything as it is. */
  readonly confirm: string;
  readonly keep: string;
  readonly failedTitle: string;
  readonly remove: () => Promise<unknown>;
  readonly onRemoved?: () => void;
};

/** Takes something away for good, after a question whose safe answer comes first by keyboard. */
export function Removal({
  label,
  button,
  title,
  text,
  confirm,
  keep,
  failedTitle,
  remove,
  onRemoved,
}: RemovalProps) {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await queries.invalidateQueries();
      setOpen(false);
      onRemoved?.();
    },
  });
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={title}>
        <p>{text}</p>
        {removing.error === null ? null : <Failure error={removing.error} title={failedTitle} />}
        <DialogActions>
          <Button color="red" loading={removing.isPending} onClick={() => removing.mutate()}>
            {confirm}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
            {keep}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
