using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Tells a guard that held from a store that failed: the first is an answer, the second must be heard.</summary>
internal static class Guard
{
    /// <summary>SQLITE_CONSTRAINT: a unique rule stands against the write.</summary>
    private const int Constraint = 19;

    /// <summary>True when another writer was first, or a unique rule refused the row; false for a full disk, a locked file and the like.</summary>
    public static bool Held(DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException || failure.InnerException is SqliteException { SqliteErrorCode: Constraint };
}
