-- Private projects: images stay in the browsers of the members.

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "isPrivate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sendsThumbnails" BOOLEAN NOT NULL DEFAULT false;

-- The thumbnail of an image may stay in a browser.
ALTER TABLE "Sample" DROP CONSTRAINT "Sample_image_or_vector";
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_image_or_vector" CHECK (
    ("vectorTableId" IS NULL AND "vectorRow" IS NULL AND "width" IS NOT NULL AND "height" IS NOT NULL)
    OR ("vectorTableId" IS NOT NULL AND "vectorRow" IS NOT NULL AND "width" IS NULL AND "height" IS NULL AND "thumbnailSha256" IS NULL)
);
