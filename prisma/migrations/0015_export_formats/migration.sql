-- What an export is written as. Those made before are folders in a zip.
ALTER TABLE "Export" ADD COLUMN "format" TEXT NOT NULL DEFAULT 'folder';
