'use client';

import { FileArchive, FolderUp, Images, Plus } from 'lucide-react';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

type Pickers = { pickFiles: () => void; pickFolder: () => void; pickZip: () => void };

/** Opens the choosers for a folder, files or a zip. */
export function AddImages({ pickFiles, pickFolder, pickZip }: Pickers) {
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="primary" icon={Plus}>
          Add samples
        </Button>
      }
    >
      <MenuItem icon={FolderUp} onSelect={pickFolder}>
        A folder
      </MenuItem>
      <MenuItem icon={Images} onSelect={pickFiles}>
        Files
      </MenuItem>
      <MenuItem icon={FileArchive} onSelect={pickZip}>
        A zip archive
      </MenuItem>
    </Menu>
  );
}
