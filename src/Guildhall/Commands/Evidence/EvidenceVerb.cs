using System.CommandLine;

namespace Guildhall.Commands.Evidence;

/// <summary>`guildhall evidence`: the product's statistics on anybody's files, without the platform or a database.</summary>
static class EvidenceVerb
{
    internal static Command Build() => new("evidence", "Estimate, check and protect figures from a CSV file; needs no database")
    {
        PanelMethods.AttGt(),
        PanelMethods.Money(),
        WaitingMethods.Survival(),
        WaitingMethods.Cox(),
        WaitingMethods.Sooner(),
        ComparisonMethods.Match(),
        ComparisonMethods.Balance(),
        PilotMethods.Ab(),
        PilotMethods.Cuped(),
        PilotMethods.Sequence(),
        PilotMethods.Lottery(),
        PilotMethods.Power(),
        TableMethods.Shrink(),
        TableMethods.Mentors(),
        TableMethods.BenjaminiHochberg(),
        TableMethods.Suppress(),
        TableMethods.OffPolicy(),
    };
}
