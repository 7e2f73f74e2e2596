/** No MongoDB could be opened; the message is a Vietnamese sentence that tells a person what to do. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
}

/** The data folder is in use by a living process, whose id is `pid` (unknown when only the engine itself noticed). */
export class DataFolderHeld extends Error {
  override readonly name = 'DataFolderHeld'
  readonly pid: number | undefined

  constructor(folder: string, pid: number | undefined) {
    const holder = pid === undefined ? 'một tiến trình khác' : `tiến trình ${pid}`
    super(
      `Thư mục dữ liệu ${folder} đang được ${holder} sử dụng. ` +
        'Hãy dừng tiến trình đó, hoặc đặt DATA_DIR trỏ tới một thư mục khác rồi chạy lại.',
    )
    this.pid = pid
  }
}

/** The ways to get a database, for messages that end without one. */
export const WAYS_TO_A_DATABASE =
  'Có ba cách để có cơ sở dữ liệu: (1) đặt MONGODB_URI trỏ tới một máy chủ MongoDB đang chạy; ' +
  '(2) cài MongoDB để có lệnh mongod trên PATH, hoặc đặt MONGOD_BINARY; ' +
  '(3) chạy trên Linux có glibc từ 2.38 trở lên, Debian/Ubuntu có apt-get, hoặc macOS chip Apple để dùng bộ máy MongoDB đi kèm.'
