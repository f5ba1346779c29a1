-- Searches for prototypes of normality, and normals that are excluded from all that is computed.

-- AlterTable
ALTER TABLE "Sample" ADD COLUMN     "excluded" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "PrototypeSearch" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "featureSetId" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "codeVersion" TEXT NOT NULL,
    "state" "ResultState" NOT NULL DEFAULT 'pending',
    "summary" JSONB,
    "tail" JSONB,
    "jobId" UUID,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PrototypeSearch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PrototypeSearch_projectId_createdAt_idx" ON "PrototypeSearch"("projectId", "createdAt");

-- AddForeignKey
ALTER TABLE "PrototypeSearch" ADD CONSTRAINT "PrototypeSearch_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PrototypeSearch" ADD CONSTRAINT "PrototypeSearch_featureSetId_fkey" FOREIGN KEY ("featureSetId") REFERENCES "FeatureSet"("id") ON DELETE CASCADE ON UPDATE CASCADE;
