import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type FileMenuProps = {
  readonly label: string;
  /** Without an address as long as it is not known what the files hold. */
  readonly files: readonly { readonly name: string; readonly href: string | undefined }[];
  /** What else can be done with what is shown. */
  readonly children?: ReactNode;
};

/** The same rows as files, one of them to be chosen. */
export function FileMenu({ label, files, children }: FileMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(({ name, href }) => (
          <Menu.Item key={name} component="a" href={href} download disabled={href === undefined}>
            {name}
          </Menu.Item>
        ))}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
