namespace Guildhall.Platform.Access;

/// <summary>
/// What a person may come for. Staff roles are granted to an account, several of them if need be; a seller's is there while the account belongs to a shop,
/// and which side of a program the shop is on decides what there is to see.
/// </summary>
public enum Role { Seller, Manager, Facilitator, Auditor, Sponsor, Administrator }

/// <summary>Whose rows a rule opens to a role.</summary>
public enum Reach
{
    /// <summary>What belongs to the person or their shop. Somebody else's is not found.</summary>
    Own,

    /// <summary>Of the programs that the role was given for; of any program where it was given without a limit.</summary>
    GivenPrograms,

    /// <summary>Everything in the installation: a role that is limited to programs does not reach it.</summary>
    Everything,
}

/// <summary>The words for roles and reaches that pages and the documentation share.</summary>
public static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Seller => "Seller",
        Role.Manager => "Program manager",
        Role.Facilitator => "Facilitator",
        Role.Auditor => "Auditor",
        Role.Sponsor => "Sponsor",
        Role.Administrator => "Administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    /// <summary>"Administrator and program manager": the widest role first.</summary>
    public static string Of(IEnumerable<Role> roles)
    {
        List<string> names = [.. roles.OrderDescending().Select(Of)];
        for (var i = 1; i < names.Count; i++) names[i] = names[i].ToLowerInvariant();
        return names switch
        {
            [] => "",
            [var only] => only,
            [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
        };
    }

    public static string Of(Reach reach) => reach switch
    {
        Reach.Own => "their own",
        Reach.GivenPrograms => "of their programs",
        Reach.Everything => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, "No such reach."),
    };
}
