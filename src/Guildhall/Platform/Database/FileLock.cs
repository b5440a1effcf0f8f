namespace Guildhall.Platform.Database;

/// <summary>A lock between processes on an existing file. The kernel drops it with its holder, also after kill -9.</summary>
sealed class FileLock : IDisposable
{
    static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(20);

    readonly FileStream file;

    FileLock(FileStream file) => this.file = file;

    // On Unix .NET takes flock(LOCK_EX) for FileShare.None and flock(LOCK_SH) otherwise, so that flock(1) can wait for the same lock.
    public static FileLock? TryExclusive(string path) => Try(path, FileShare.None);

    public static FileLock? TryShared(string path) => Try(path, FileShare.Read);

    public static Task<FileLock> ExclusiveAsync(string path, CancellationToken stop) => WaitAsync(() => TryExclusive(path), stop);

    public static Task<FileLock> SharedAsync(string path, CancellationToken stop) => WaitAsync(() => TryShared(path), stop);

    public void Dispose() => file.Dispose();

    static FileLock? Try(string path, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1));
        }
        catch (IOException held) when (held is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return null;
        }
    }

    static async Task<FileLock> WaitAsync(Func<FileLock?> attempt, CancellationToken stop)
    {
        while (true)
        {
            if (attempt() is { } taken)
                return taken;
            await Task.Delay(RetryInterval, stop);
        }
    }
}
