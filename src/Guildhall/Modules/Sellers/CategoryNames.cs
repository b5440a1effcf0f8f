namespace Guildhall.Modules.Sellers;

/// <summary>Category paths as people read them: "home/kitchen/table_linen" is "Home › Kitchen › Table linen".</summary>
public static class CategoryNames
{
    public static string Of(string path) => string.Join(" › ", path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        char.ToUpperInvariant(part[0]) + part[1..].Replace('_', ' ').Replace('-', ' ')));
}
