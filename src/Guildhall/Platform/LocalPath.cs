namespace Guildhall.Platform;

/// <summary>An address that a form carried along: followed only when it stays on this site.</summary>
static class LocalPath
{
    /// <returns>The path as a header may carry it, or <paramref name="otherwise"/> when it is none of ours.</returns>
    public static string Or(string? path, string otherwise) =>
        // Browsers read a backslash as a slash and leave tabs and line breaks out: "/\t/elsewhere" would be another site.
        path is ['/'] or ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) && Uri.TryCreate("http://here" + path, UriKind.Absolute, out var here)
        // Taking the dots out of "/.//elsewhere" leaves another site too.
        && here.PathAndQuery is not ['/', '/', ..]
            ? here.PathAndQuery + here.Fragment
            : otherwise;
}
