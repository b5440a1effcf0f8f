using System.Globalization;
using System.Text;

namespace Guildhall.Platform;

/// <summary>Turns a name into the part of an address that stands for it: "Año 1, Niños" becomes "ano-1-ninos".</summary>
static class Slugs
{
    public static string From(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-');
    }
}
