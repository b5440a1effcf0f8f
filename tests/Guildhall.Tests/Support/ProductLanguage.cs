using System.Globalization;
using System.Runtime.CompilerServices;

namespace Guildhall.Tests.Support;

/// <summary>Tests that call the product's classes see them as the program does, which sets its language when it starts.</summary>
static class ProductLanguage
{
    [ModuleInitializer]
    internal static void Set() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
}
