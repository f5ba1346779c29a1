-- Batches of synthetic anomalies that are made here, and the networks that some generators need.

-- AlterTable
ALTER TABLE "Sample" ADD COLUMN     "generationId" UUID,
ADD COLUMN     "generationIndex" INTEGER;

-- CreateTable
CREATE TABLE "Generation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "generator" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "qualityLabel" "QualityLabel",
    "seedSampleIds" UUID[],
    "diffusionModelId" UUID,
    "codeVersion" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "summary" JSONB,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DiffusionModel" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "weights" JSONB NOT NULL DEFAULT '[]',
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DiffusionModel_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Generation_projectId_createdAt_idx" ON "Generation"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "DiffusionModel_name_key" ON "DiffusionModel"("name");

-- CreateIndex
CREATE UNIQUE INDEX "DiffusionModel_sha256_key" ON "DiffusionModel"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Sample_generationId_generationIndex_key" ON "Sample"("generationId", "generationIndex");

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_diffusionModelId_fkey" FOREIGN KEY ("diffusionModelId") REFERENCES "DiffusionModel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
