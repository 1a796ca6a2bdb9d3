/** vis-network, as far as kg/pages uses it; it is inlined before our scripts. */
declare const vis: {
  DataSet: new (items: object[]) => { update(items: object[]): void };
  Network: new (
    container: HTMLElement,
    data: object,
    options: object,
  ) => Record<string, (...given: any[]) => any>;
};
