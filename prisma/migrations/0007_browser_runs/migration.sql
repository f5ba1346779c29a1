-- Runs and maps of private projects, which browsers compute: why one failed.

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "errorCode" TEXT,
ADD COLUMN     "errorMessage" TEXT;

-- AlterTable
ALTER TABLE "Projection" ADD COLUMN     "errorCode" TEXT,
ADD COLUMN     "errorMessage" TEXT;
