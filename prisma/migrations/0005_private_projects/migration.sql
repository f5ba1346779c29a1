-- Private projects: images stay in the browsers of the members.

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "isPrivate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sendsThumbnails" BOOLEAN NOT NULL DEFAULT false;
