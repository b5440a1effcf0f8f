using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Impact;

/// <summary>What a program cost, and what the marketplace keeps of a sale, as its manager says. Never changed: a correction is a further row.</summary>
sealed class ProgramCost
{
    /// <summary>No marketplace keeps more than all of a sale.</summary>
    public const decimal MostFeePercent = 100;

    ProgramCost() { }

    public ProgramCost(Guid programId, int number, long costMinorUnits, decimal feePercent, Guid savedBy, DateTimeOffset now) =>
        (ProgramId, Number, CostMinorUnits, FeePercent, SavedBy, SavedAt) = (programId, number, costMinorUnits, feePercent, savedBy, now);

    public Guid ProgramId { get; private set; }

    /// <summary>1 is the first.</summary>
    public int Number { get; private set; }

    /// <summary>Of the whole program so far, for all its mentees.</summary>
    public long CostMinorUnits { get; private set; }

    /// <summary>Of each sale, in percent.</summary>
    public decimal FeePercent { get; private set; }
    public Guid SavedBy { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }

    public static void Map(EntityTypeBuilder<ProgramCost> cost)
    {
        // Of two who save at once, the second finds the number taken.
        cost.HasKey(c => new { c.ProgramId, c.Number });
        cost.Property(c => c.FeePercent).HasPrecision(5, 2);
    }
}

/// <summary>What the model can't say of costs.</summary>
static class ProgramCostSql
{
    public const string Freeze = "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON impact.program_cost FOR EACH STATEMENT EXECUTE FUNCTION impact.refuse_change_of_reading()";
}
