-- Feature sets that a browser makes, and the proof that its vectors are those of the server.

-- AlterTable
ALTER TABLE "FeatureSet" ADD COLUMN     "certificateId" UUID;

-- AlterTable
ALTER TABLE "FeatureChunk" ADD COLUMN     "certificateId" UUID;

-- CreateTable
CREATE TABLE "ParityReference" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "probeVersion" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "fingerprintParts" JSONB NOT NULL,
    "dim" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "maxAbsLimit" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ParityReference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ParityCertificate" (
    "id" UUID NOT NULL,
    "referenceId" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "fingerprintParts" JSONB NOT NULL,
    "runtime" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "device" TEXT,
    "cosine" DOUBLE PRECISION NOT NULL,
    "maxAbs" DOUBLE PRECISION NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ParityCertificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ParityReference_modelId_probeVersion_fingerprint_key" ON "ParityReference"("modelId", "probeVersion", "fingerprint");

-- CreateIndex
CREATE INDEX "ParityCertificate_referenceId_createdAt_idx" ON "ParityCertificate"("referenceId", "createdAt");

-- AddForeignKey
ALTER TABLE "ParityReference" ADD CONSTRAINT "ParityReference_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ParityCertificate" ADD CONSTRAINT "ParityCertificate_referenceId_fkey" FOREIGN KEY ("referenceId") REFERENCES "ParityReference"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeatureSet" ADD CONSTRAINT "FeatureSet_certificateId_fkey" FOREIGN KEY ("certificateId") REFERENCES "ParityCertificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeatureChunk" ADD CONSTRAINT "FeatureChunk_certificateId_fkey" FOREIGN KEY ("certificateId") REFERENCES "ParityCertificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
