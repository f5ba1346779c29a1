-- Samples that are vectors of a table file instead of images. Existing projects and samples are images.

-- CreateEnum
CREATE TYPE "ProjectKind" AS ENUM ('image', 'vector');

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "kind" "ProjectKind" NOT NULL DEFAULT 'image';

-- AlterTable
ALTER TABLE "Sample" ALTER COLUMN "width" DROP NOT NULL,
ALTER COLUMN "height" DROP NOT NULL,
ALTER COLUMN "thumbnailSha256" DROP NOT NULL,
ADD COLUMN     "vectorTableId" UUID,
ADD COLUMN     "vectorRow" INTEGER;

-- AlterTable
ALTER TABLE "FeatureSet" ADD COLUMN     "scalingSha256" TEXT;

-- CreateTable
CREATE TABLE "VectorTable" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "columns" TEXT[],
    "rows" INTEGER NOT NULL,
    "labelled" BOOLEAN NOT NULL,
    "valuesSha256" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VectorTable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VectorDifference" (
    "featureSetId" UUID NOT NULL,
    "sampleId" UUID NOT NULL,
    "features" BYTEA NOT NULL,

    CONSTRAINT "VectorDifference_pkey" PRIMARY KEY ("featureSetId", "sampleId")
);

-- CreateIndex
CREATE UNIQUE INDEX "VectorTable_projectId_sha256_key" ON "VectorTable"("projectId", "sha256");

-- CreateIndex
CREATE INDEX "VectorDifference_sampleId_idx" ON "VectorDifference"("sampleId");

-- CreateIndex
CREATE UNIQUE INDEX "Sample_vectorTableId_vectorRow_key" ON "Sample"("vectorTableId", "vectorRow");

-- A sample is either an image or a row of a table.
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_image_or_vector" CHECK (
    ("vectorTableId" IS NULL AND "vectorRow" IS NULL AND "width" IS NOT NULL AND "height" IS NOT NULL AND "thumbnailSha256" IS NOT NULL)
    OR ("vectorTableId" IS NOT NULL AND "vectorRow" IS NOT NULL AND "width" IS NULL AND "height" IS NULL AND "thumbnailSha256" IS NULL)
);

-- AddForeignKey
ALTER TABLE "VectorTable" ADD CONSTRAINT "VectorTable_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_vectorTableId_fkey" FOREIGN KEY ("vectorTableId") REFERENCES "VectorTable"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VectorDifference" ADD CONSTRAINT "VectorDifference_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "FeatureSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VectorDifference" ADD CONSTRAINT "VectorDifference_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;
