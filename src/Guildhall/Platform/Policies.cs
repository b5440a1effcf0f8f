namespace Guildhall.Platform;

/// <summary>The names of the authorization policies that routes ask for.</summary>
static class Policies
{
    /// <summary>Managers and administrators.</summary>
    public const string Staff = nameof(Staff);

    public const string Administrator = nameof(Administrator);
}
