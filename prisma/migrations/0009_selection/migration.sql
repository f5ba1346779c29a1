-- Choices of models and prompts without labels.

-- CreateTable
CREATE TABLE "Selection" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "settings" JSONB NOT NULL,
    "seedSampleIds" UUID[],
    "heldOutSampleIds" UUID[],
    "syntheticSampleIds" UUID[],
    "generationId" UUID,
    "featureSetIds" UUID[],
    "summary" JSONB,
    "valuesSha256" TEXT,
    "codeVersion" TEXT NOT NULL,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Selection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Selection_projectId_kind_createdAt_idx" ON "Selection"("projectId", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "Selection_jobId_idx" ON "Selection"("jobId");

-- AddForeignKey
ALTER TABLE "Selection" ADD CONSTRAINT "Selection_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Selection" ADD CONSTRAINT "Selection_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
