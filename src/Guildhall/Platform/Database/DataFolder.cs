using System.Globalization;
using System.Text;

namespace Guildhall.Platform.Database;

/// <summary>Where a private PostgreSQL lives on disk, and the locks that tell who uses it.</summary>
/// <remarks>Everything below <see cref="Private"/> belongs to the account that PostgreSQL runs under and is closed to all others.</remarks>
sealed class DataFolder
{
    const int LongestSocketFolderBytes = 90;

    DataFolder(string path) => Path = path;

    public string Path { get; }

    public string Private => System.IO.Path.Combine(Path, "postgres");
    /// <summary>Where mails land while no mail server is set.</summary>
    public string Mail => System.IO.Path.Combine(Path, "mail");

    public string Cluster => System.IO.Path.Combine(Private, "cluster");
    public string UnfinishedCluster => System.IO.Path.Combine(Private, "cluster.unfinished");
    public string StartLog => System.IO.Path.Combine(Private, "start.log");

    /// <summary>Shared by every process that works on the cluster. Whoever gets it alone is the last, and stops PostgreSQL.</summary>
    public string InUseLock => System.IO.Path.Combine(Private, "in-use.lock");

    /// <summary>Held by the one process that waits for <see cref="InUseLock"/> to fall, to stop PostgreSQL then.</summary>
    public string WatchLock => System.IO.Path.Combine(Private, "watch.lock");

    /// <summary>Held while PostgreSQL is being created or started.</summary>
    public string StartingLock => System.IO.Path.Combine(Private, "starting.lock");

    /// <summary>Held by the one application that serves from this folder.</summary>
    public string ServingLock => System.IO.Path.Combine(Private, "serving.lock");

    public int? ClusterVersion
    {
        get
        {
            var file = System.IO.Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Opens the given folder, or the default: <c>.data</c> here, or /var/lib/guildhall for root in a folder that PostgreSQL's account can't enter.</summary>
    public static async Task<DataFolder> OpenAsync(string? path, CancellationToken stop)
    {
        if (!PostgresAccount.Exists)
            throw new DatabaseUnavailableException("PostgreSQL does not run as root, and there is no account named postgres for it. Install it with: apt-get install postgresql. Or run Guildhall as an ordinary user.");
        // A clone in /root is the first thing many people try, and /root is closed to PostgreSQL's account.
        path ??= await PostgresAccount.CanAsync("-x", Environment.CurrentDirectory, stop) ? ".data" : "/var/lib/guildhall";
        var folder = new DataFolder(System.IO.Path.GetFullPath(path));
        try
        {
            await folder.PrepareAsync(stop);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new DatabaseUnavailableException($"The data folder {folder.Path} can’t be used: {denied.Message} Run Guildhall as the account that owns it, or set GUILDHALL_DATA to another folder.", denied);
        }
        return folder;
    }

    async Task PrepareAsync(CancellationToken stop)
    {
        // A socket's whole path has to fit in 108 bytes (unix(7)), and PostgreSQL adds /.s.PGSQL.5432.lock.
        var bytes = Encoding.UTF8.GetByteCount(Private);
        if (bytes > LongestSocketFolderBytes)
            throw new DatabaseUnavailableException($"The path of the data folder {Path} is {bytes - LongestSocketFolderBytes} bytes too long for PostgreSQL’s socket. Set GUILDHALL_DATA to a shorter one.");

        Directory.CreateDirectory(Path);
        if (PostgresAccount.Name is { } account)
        {
            // A folder just made, by us under a strict umask or by mktemp -d, holds nothing that opening it could give away.
            if (!Directory.EnumerateFileSystemEntries(Path).Any())
                File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            if (!await PostgresAccount.CanAsync("-x", Path, stop))
                throw new DatabaseUnavailableException($"PostgreSQL runs as the account {account}, which can’t enter {Path}. Set GUILDHALL_DATA to a folder that every account can enter, such as /var/lib/guildhall.");
        }

        if (!Directory.Exists(Private))
            await PostgresAccount.MakeFolderAsync(Private, stop);
        if (!await PostgresAccount.CanAsync("-O", Private, stop))
            throw new DatabaseUnavailableException($"The data folder {Path} was made by another account. Run Guildhall as that account, or set GUILDHALL_DATA to another folder.");
        await PostgresAccount.RunOrRefuseAsync("touch", [InUseLock, WatchLock, StartingLock, ServingLock, StartLog], stop);
    }
}
