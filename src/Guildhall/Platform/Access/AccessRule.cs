namespace Guildhall.Platform.Access;

/// <summary>One line of the table of access: what it opens, to which roles, and whose rows.</summary>
/// <param name="Id">The name of its policy.</param>
/// <param name="Opens">What can be done, as people read it.</param>
/// <param name="Reaches">The roles it is open to. Nobody else gets in, signed in or not.</param>
public sealed record AccessRule(string Id, string Opens, params IReadOnlyList<(Role Role, Reach Reach)> Reaches)
{
    /// <summary>Visitors too.</summary>
    public bool IsForAnybody { get; init; }

    /// <summary>Whoever is signed in, whatever their roles: it opens their own.</summary>
    public bool IsForAnyAccount { get; init; }

    public Reach? ReachOf(Role role) => Reaches.Where(reach => reach.Role == role).Select(reach => (Reach?)reach.Reach).FirstOrDefault();
}

/// <summary>
/// Which role may do what to whose rows. Every route names one of these rules, so the table is what happens, what tests expect of every address, and what docs/guide/access.md prints.
/// </summary>
public static class AccessTable
{
    public static readonly AccessRule Visit = new("visit", "Read public pages, sign in, follow a link from a mail, read a calendar at its secret address") { IsForAnybody = true };
    public static readonly AccessRule OwnAccount = new("own-account", "See and change their own account, sign out") { IsForAnyAccount = true };
    public static readonly AccessRule TakePart = new("take-part", "Apply, sign the charter, accept or decline a match, use the pages of mentees and mentors", (Role.Seller, Reach.Own));
    public static readonly AccessRule Workspace = new("workspace", "Open the list of programs and the help of staff",
        (Role.Manager, Reach.GivenPrograms), (Role.Facilitator, Reach.GivenPrograms), (Role.Auditor, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ReadSummary = new("read-summary", "Read in numbers, without people, what programs aim at and where they stand",
        (Role.Sponsor, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule RunProgram = new("run-program", "Set a program up, decide on applications, see its people, match and approve, follow pairs and withdraw them, read messages that were reported",
        (Role.Manager, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule RunTrials = new("run-trials", "Post sessions for those who try a program, see who tries it, mark who came",
        (Role.Manager, Reach.GivenPrograms), (Role.Facilitator, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ManageMarketplace = new("manage-marketplace", "Start programs, see all sellers, bring sellers and figures in",
        (Role.Manager, Reach.Everything), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule EditLibrary = new("edit-library", "Write, review and publish what stands in the library",
        (Role.Manager, Reach.Everything), (Role.Facilitator, Reach.Everything), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ReadLibrary = new("read-library", "Read what the library offers",
        (Role.Seller, Reach.Own), (Role.Manager, Reach.GivenPrograms), (Role.Facilitator, Reach.GivenPrograms), (Role.Auditor, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ReadCharter = new("read-charter", "See every version of the charter",
        (Role.Manager, Reach.Everything), (Role.Auditor, Reach.Everything), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ChangeCharter = new("change-charter", "Publish a version of the charter and withdraw one",
        (Role.Manager, Reach.Everything), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule ReadAuditTrail = new("read-audit-trail", "See who saw and changed what",
        (Role.Auditor, Reach.GivenPrograms), (Role.Administrator, Reach.Everything));
    public static readonly AccessRule Administer = new("administer", "Decide on accounts, roles, mail and the settings of the installation",
        (Role.Administrator, Reach.Everything));

    public static readonly IReadOnlyList<AccessRule> All =
        [Visit, OwnAccount, TakePart, Workspace, ReadSummary, RunProgram, RunTrials, ManageMarketplace, EditLibrary, ReadLibrary, ReadCharter, ChangeCharter, ReadAuditTrail, Administer];
}
